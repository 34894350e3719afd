-- The loads in view: landed, not read again since, not withdrawn. precedence orders their words on one half-hour: by issue, then receipt, then hash.
-- sender names those who correct by sending again, of whom what came last is right; null for all others.
-- grain: load_id
select
  load_id, file_name, layout, received_at, issued_at,
  coalesce(archived_in, received_at) as archived_in,
  if(c.corrects, layout, null) as sender,
  rank() over (order by coalesce(issued_at, received_at), received_at, sha256) as precedence
from ops.loads l
left join ops.layouts c using (layout)
anti join ops.withdrawn_loads using (load_id)
where outcome = 'landed' and superseded_by is null
