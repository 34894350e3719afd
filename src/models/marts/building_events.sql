-- What may have bent a building's line: the council's own events of it and of all buildings, what was done to it, and since when something is found.
-- grain: site_id, happened_on, kind, what
select distinct s.site_id, e.happened_on::timestamp_ms as happened_on, 'event' as kind, e.what
from council.events e
join council.sites s on s.site_id = e.site_id or e.site_id is null
where e.happened_on <= getvariable('as_of')
union
select site_id, completed_on::timestamp_ms, 'measure', what
from council.measures
where completed_on <= getvariable('as_of')
union
select site_id, since, 'finding', kind
from marts.findings
where site_id is not null and since is not null and kwh_a_year is not null and state in ('open', 'acknowledged', 'returned')
order by site_id, happened_on, kind, what
