-- By what the oldest sessions and one-time links are found, to be removed. Neither column changes after the row was made.
create index user_session__began on user_session (created_at);
create index one_time_token__expires on one_time_token (expires_at);
