# SPDX-License-Identifier: GPL-3.0-or-later
# What the measurements are made on; nothing in it depends on chance.  Sourced by tests/bench/run.

# make_catalogue DIR INDICATORS AREAS TARGETS: the tables, with TARGETS of the indicators asking
# something of each of the areas.
make_catalogue() {
	mkdir -p "$1"
	awk -v dir="$1" -v indicators="$2" -v areas="$3" -v targets="$4" 'BEGIN {
		print "id,name\nstat,Office of statistics" > (dir "/sources.csv")
		out = dir "/indicators.csv"
		print "id,name,unit,direction,low,high,frequency,release_lag_days,basis,preference" > out
		for (i = 0; i < indicators; i++)
			printf "i%03d,Indicator %d,%%,up,0,1000,year,180,mean,stat\n", i, i > out
		out = dir "/areas.csv"
		members = dir "/area_members.csv"
		print "id,kind,name\nall,country,All of it" > out
		print "group,area,valid_from,valid_to" > members
		for (a = 0; a < areas; a++) {
			printf "a%03d,province,Province %d\n", a, a > out
			printf "all,a%03d,,\n", a > members
		}
		print "id,title,adopter,adopted\nact,The plan,Council,2015-01-01" > (dir "/acts.csv")
		out = dir "/targets.csv"
		print "id,act,indicator,area,each_kind,op,value,base_period,base_value,period" > out
		for (i = 0; i < targets; i++)
			printf "t%03d,act,i%03d,all,province,>=,80,2015,20,2030\n", i, i > out
	}'
}

# make_figures INDICATORS AREAS YEARS: a sorted table of figures up to 2024.
make_figures() {
	awk -v indicators="$1" -v areas="$2" -v years="$3" 'BEGIN {
		print "indicator,breakdown,area,period,value,source,published"
		for (i = 0; i < indicators; i++)
			for (a = 0; a < areas; a++)
				for (y = 2025 - years; y < 2025; y++)
					printf "i%03d,,a%03d,%d,%.1f,stat,%d-06-30\n", i, a, y,
						(i * 37 + a * 11 + y * 7) % 1000 / 10, y + 1
	}'
}

# make_conf DIR: a configuration without feeds for the state in DIR/state.
make_conf() {
	mkdir -p "$1/state" "$1/run"
	cat <<-END
		state_dir = "$1/state";
		run_dir = "$1/run";
		catalogue = "$1/catalogue";
		min_free_space = "16M";
		per_host_pace = "0s";
		concurrency = 64;
		per_host_concurrency = 16;
	END
}

# make_documents DIR COUNT [SHIFT]: small documents of 60 figures, about 14 kB each; another shift gives
# other values.
make_documents() {
	mkdir -p "$1"
	awk -v dir="$1" -v count="$2" -v shift="${3:-0}" 'BEGIN {
		for (i = 0; i < count; i++) {
			out = sprintf("%s/%05d.json", dir, i)
			printf "[{\"page\":1,\"pages\":1,\"total\":60},[" > out
			for (y = 2024; y >= 1965; y--)
				printf "%s{\"indicator\":{\"id\":\"I%05d\",\"value\":\"%s\"},\"area\":\"a%03d\"," \
					"\"iso\":\"ABC\",\"date\":\"%d\",\"value\":%.7f,\"unit\":\"\"," \
					"\"obs_status\":\"\",\"decimal\":1}", y == 2024 ? "" : ",", i,
					"An indicator with a name as long as they are, in percent of something", \
					i % 250, y, (i * 37 + y * 11 + shift) % 1000 / 7 > out
			print "]]" > out
			close(out)
		}
	}'
}

# make_large DIR COUNT AREAS DAYS: documents of AREAS x DAYS figures, about 230 bytes each.
make_large() {
	mkdir -p "$1"
	awk -v dir="$1" -v count="$2" -v areas="$3" -v days="$4" 'BEGIN {
		for (i = 0; i < count; i++) {
			out = sprintf("%s/%05d.json", dir, i)
			printf "[{\"page\":1,\"pages\":1},[" > out
			for (a = 0; a < areas; a++)
				for (d = 0; d < days; d++)
					printf "%s{\"indicator\":{\"id\":\"I%05d\",\"value\":\"%s\"},\"area\":\"a%03d\"," \
						"\"iso\":\"ABC\",\"date\":\"%d-%02d-%02d\",\"value\":%.7f,\"unit\":\"\"," \
						"\"obs_status\":\"\",\"decimal\":1}", a + d ? "," : "", i,
						"An indicator with a name as long as they are, in percent of something", \
						a, 2010 + int(d / 336), int(d / 28) % 12 + 1, d % 28 + 1,
						(i * 37 + a * 17 + d * 11) % 1000 / 7 > out
			print "]]" > out
			close(out)
		}
	}'
}

# make_feeds COUNT EVERY PREFIX [TRUSTED FILE [PERIOD]]: as many feeds; over TLS each at another address.
make_feeds() {
	awk -v count="$1" -v every="$2" -v prefix="$3" -v trust="${4:-}" -v period="${5:-YYYY}" \
		'BEGIN {
		print "feeds = ("
		for (i = 0; i < count; i++) {
			url = prefix
			sub(/@/, i % 250 + 1, url)
			printf "%s{ id = \"f%05d\"; url = \"%s/%05d.json\"; allow_http = true;\n", \
				i ? "," : "", i, url, i
			printf "source = \"stat\"; every = \"%s\"; jitter = \"0s\"; indicator = \"i%03d\";\n", \
				every, i / 250
			if (trust != "")
				printf "ca_file = \"%s\";\n", trust
			print "read = { format = \"json\"; records = \"/1\";"
			print "fields = { area = \"/area\"; period = \"/date\"; value = \"/value\"; };"
			print "periods = { patterns = [ \"" period "\" ]; }; numbers = { decimal = \".\"; }; }; }"
		}
		print ");"
	}'
}

# make_nginx DIR PORT: a server for the documents in DIR/www: on PORT with validators, on PORT + 1
# without, on PORT + 2 over TLS with a connection for each request; for DIR/next on PORT + 3.
make_nginx() {
	mkdir -p "$1/www" "$1/next"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
		-keyout "$1/key.pem" -out "$1/cert.pem" -subj /CN=bench -addext \
		"subjectAltName=$(seq -s , -f 'IP:127.0.0.%g' 250)" 2>/dev/null
	cat <<-END
		user $(id -un) $(id -gn); worker_processes 1; daemon off; pid $1/nginx.pid; error_log $1/nginx.log;
		events { worker_connections 2000; }
		http {
		 access_log off; client_body_temp_path $1/tmp; proxy_temp_path $1/tmp;
		 fastcgi_temp_path $1/tmp; uwsgi_temp_path $1/tmp; scgi_temp_path $1/tmp;
		 types { } default_type application/json; root $1/www; keepalive_requests 1000000;
		 keepalive_timeout 600; open_file_cache max=3000 inactive=600s;
		 server { listen $2; }
		 server { listen $(($2 + 1)); etag off; if_modified_since off; add_header Last-Modified ""; }
		 server { listen $(($2 + 2)) ssl; keepalive_timeout 0; ssl_certificate $1/cert.pem;
		  ssl_certificate_key $1/key.pem; ssl_protocols TLSv1.3; }
		 server { listen $(($2 + 3)); root $1/next; open_file_cache off; }
		}
	END
}
