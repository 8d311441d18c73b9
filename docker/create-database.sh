#!/bin/sh
# The image of PostgreSQL runs this at the first start of an empty volume.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$LINQIAO_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres \
  --file /linqiao/create-database.sql
