-- The loads in view: landed, not read again since, not withdrawn. precedence orders their words on one half-hour: by issue, then receipt, then hash.
-- grain: load_id
with withdrawn as (
  select receipt
  from ops.withdrawals
  group by receipt
  having arg_max(decision, decided_at) = 'withdrawn'
)

select load_id, file_name, rank() over (order by coalesce(issued_at, received_at), received_at, sha256) as precedence
from ops.loads
anti join withdrawn using (receipt)
where outcome = 'landed' and superseded_by is null
