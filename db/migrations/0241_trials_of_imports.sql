-- By what the oldest imports that nothing came of are found, to be removed. One leaves it when something of it is in.
create index import_run__trial on import_run (at) where not committed;
