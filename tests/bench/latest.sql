-- The shortest answer to "where do we stand": four columns.
SELECT a.target_id, a.area_id, o.value, a.state
FROM assessment a
LEFT JOIN observation o ON o.seq = a.seq
ORDER BY a.target_id, a.area_id;
