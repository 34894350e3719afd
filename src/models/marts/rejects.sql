-- Every row that was set aside or mended, with its place in its file.
select r.load_id, l.file_name, r.row_number::integer as row_number, r.rule, r.value, r.outcome
from ops.rejects r
join ops.loads l using (load_id)
where l.superseded_by is null
order by r.load_id, r.row_number, r.rule
