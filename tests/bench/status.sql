-- What `envgap status` shows, as far as the tables hold it: days as numbers, without freshness.
SELECT a.target_id, i.name, t.act_id, t.indicator_id, t.breakdown, a.area_id, t.to_day, t.op,
 a.target_value, a.target_value_high, i.unit, a.from_day, o.from_day, o.value, o.status,
 o.qualifier, a.stand_in, o.source_id, o.published, a.gap, a.gap_to_path, a.actual_change,
 a.required_change, a.projected, a.projected_raw, a.projected_gap, a.method, a.measure, a.state,
 a.exceeded, a.is_final, a.to_day, o.to_day, a.reason, x.reference, a.symbol
FROM assessment a
JOIN target t ON t.target_id = a.target_id
JOIN indicator i ON i.indicator_id = t.indicator_id
JOIN act x ON x.act_id = t.act_id
LEFT JOIN observation o ON o.seq = a.seq
ORDER BY a.target_id, a.area_id;
