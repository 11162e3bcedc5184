-- The language in which people without an account are written to: that of the contact, otherwise the partner's. And what applicants are
-- written in. Source: R3.1.

alter table partner add column locale text constraint partner__locale check (locale in ('zh-Hant', 'zh-Hans', 'en'));
alter table partner_contact add column locale text constraint partner_contact__locale check (locale in ('zh-Hant', 'zh-Hans', 'en'));
alter table partner_application add column locale text not null default 'zh-Hant'
  constraint partner_application__locale check (locale in ('zh-Hant', 'zh-Hans', 'en'));
-- the token of the link, sealed: every mail to the applicant carries the link
alter table partner_application add column token_sealed text;
