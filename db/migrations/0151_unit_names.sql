-- Units have a name in each script, so that every reader sees them in his own.
alter table unit_of_measure add column name_hans text;
update unit_of_measure u set name_hans = v.hans from (values
  ('個', '个'), ('輛', '辆'), ('組', '组'), ('雙', '双'), ('對', '对'), ('條', '条'), ('張', '张'), ('隻', '只'), ('塊', '块'), ('頂', '顶'),
  ('小時', '小时'), ('噸', '吨')) as v (hant, hans)
where u.name = v.hant;
update unit_of_measure set name_en = 'pc' where name in ('輛', '副', '條', '支', '隻', '塊', '頂') and version = 1;
update unit_of_measure set name_en = 'pair' where name = '對' and version = 1;
update unit_of_measure set name_en = 'group' where name = '組' and version = 1;
