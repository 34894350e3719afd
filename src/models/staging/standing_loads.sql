-- The loads in view: landed, not read again since, not withdrawn. precedence orders their words on one half-hour: by issue, then receipt, then hash.
-- grain: load_id
select load_id, file_name, rank() over (order by coalesce(issued_at, received_at), received_at, sha256) as precedence
from ops.loads
anti join ops.withdrawn_loads using (load_id)
where outcome = 'landed' and superseded_by is null
