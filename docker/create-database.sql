-- Run once, as superuser, on an empty server, with the variable `password`. The product connects as the owner of
-- its database, who is no superuser, and takes on linqiao_app after connecting: row-level security and
-- append-only tables hold for it.
CREATE ROLE linqiao LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE ROLE linqiao_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
GRANT linqiao_app TO linqiao;
CREATE DATABASE linqiao OWNER linqiao;
REVOKE CONNECT ON DATABASE linqiao FROM PUBLIC;
