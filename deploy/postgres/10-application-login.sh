#!/bin/bash
# Run once by the database's image on an empty volume. The application serves requests under a login that can neither
# change the schema nor pass by row-level security; the owner's login serves the migrations only.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set password="$(cat /run/secrets/database-app-password)" <<'SQL'
CREATE ROLE zongzhi_app NOLOGIN NOBYPASSRLS;
CREATE ROLE zongzhi_web LOGIN NOBYPASSRLS PASSWORD :'password' IN ROLE zongzhi_app;
SQL
