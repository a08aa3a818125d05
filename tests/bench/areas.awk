# SPDX-License-Identifier: GPL-3.0-or-later
# A made-up table of areas for tests and measurements: 34 provinces and COMMUNES communes of today,
# 63 provinces of before, and what became of them; written into DIR as tables of a catalogue.
#   awk -v DIR=catalogue -v COMMUNES=11000 -f areas.awk
BEGIN {
	areas = DIR "/areas.csv"
	codes = DIR "/area_codes.csv"
	members = DIR "/area_members.csv"
	changes = DIR "/area_changes.csv"
	print "id,kind,name,name_vi,valid_from,valid_to" > areas
	print "area,scheme,code,valid_from,valid_to" > codes
	print "group,area,valid_from,valid_to" > members
	print "day,from,to,kind,note,source" > changes
	print "VN,country,Country,Nước,," > areas
	for (i = 0; i < 63; i++) {
		printf "O%02d,province,Old Province %d,Tỉnh cũ %d,,2025-07-01\n", i, i, i > areas
		printf "O%02d,gso,%02d,,\n", i, i > codes
		printf "VN,O%02d,,2025-07-01\n", i > members
		printf "2025-07-01,O%02d,N%02d,merge,joined,Act 1\n", i, i % 34 > changes
	}
	for (i = 0; i < 34; i++) {
		printf "N%02d,province,Province %d,Tỉnh %d,2025-07-01,\n", i, i, i > areas
		printf "N%02d,gso,%02d,,\n", i, i > codes
		printf "VN,N%02d,2025-07-01,\n", i > members
	}
	for (i = 0; i < COMMUNES; i++) {
		printf "C%05d,commune,Commune %d,Xã %d,,\n", i, i, i > areas
		printf "C%05d,gso,%05d,,\n", i, i + 100 > codes
		printf "N%02d,C%05d,2025-07-01,\n", i % 34, i > members
		printf "O%02d,C%05d,,2025-07-01\n", i % 63, i > members
	}
}
