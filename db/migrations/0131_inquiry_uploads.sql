-- Files that were read into an inquiry which is not sent yet; with it they become its attachments. What is never sent goes after a while. R3.2.

create table inquiry_upload (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  file_name text not null,
  media_type text not null,
  content bytea not null,
  uploaded_by uuid not null references app_user(id),
  uploaded_at timestamptz not null
);
create index inquiry_upload__at on inquiry_upload (uploaded_at);
select secure_partner_table('inquiry_upload');
