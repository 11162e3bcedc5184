-- The files of one person that are not sent yet are few: the oldest go.
drop index inquiry_upload__at;
create index inquiry_upload__of on inquiry_upload (uploaded_by, id);
