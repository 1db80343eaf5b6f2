/**
 * One statement for a replica's next slice of a platform app's limits: refills the bucket, takes permits out of it, and
 * gives the replica a share of the places for calls in flight. The shares of all replicas together never exceed the cap: what
 * others hold is not given away, and whoever holds more than its fair part gets less as its calls end.
 * A row that is new, or was lost with the database, begins with a tenth of everything and grows to the whole.
 * Times are the caller's: limits run on the clock of the replicas.
 */
export const LEASE_PERMITS_FUNCTION = `create function vault.lease_permits(
    p_platform text, p_client text, p_replica uuid, p_now timestamptz, p_ask jsonb)
  returns jsonb language plpgsql volatile as $$
declare
  app vault.platform_apps;
  wants integer := (p_ask->>'wants')::integer;
  running integer := (p_ask->>'running')::integer;
  others integer;
  replicas integer;
  crowd integer;
  ease double precision;
  cap integer;
  fair integer;
  target integer;
  rate double precision;
  given integer;
begin
  insert into vault.platform_apps (platform, client_id, begun_at, refilled_at, since, permits)
    values (p_platform, p_client, p_now, p_now, p_now, greatest(1, (p_ask->>'perSecond')::float / 10))
    on conflict do nothing;
  select * into app from vault.platform_apps where platform = p_platform and client_id = p_client for update;

  if p_ask->>'usage' is not null then
    app.usage := (p_ask->>'usage')::float;
    app.usage_until := p_now + (p_ask->>'usageMs')::float * interval '1 millisecond';
  end if;
  ease := least(1, 0.1 + 0.9 * extract(epoch from p_now - app.begun_at) * 1000 / greatest(1, (p_ask->>'cautiousMs')::float));
  if app.usage_until > p_now and app.usage > 0.8 then
    ease := ease * greatest(0.05, (1 - app.usage) / 0.2);
  end if;

  rate := (p_ask->>'perSecond')::float * ease;
  app.permits := least(greatest(1, rate), app.permits + (p_ask->>'unused')::float
    + greatest(0, extract(epoch from p_now - app.refilled_at)) * rate);
  given := least((p_ask->>'permits')::integer, floor(app.permits)::integer);
  update vault.platform_apps set permits = app.permits - given, refilled_at = greatest(refilled_at, p_now),
    usage = app.usage, usage_until = app.usage_until
    where platform = p_platform and client_id = p_client;

  delete from vault.platform_shares where platform = p_platform and client_id = p_client and until <= p_now;
  select coalesce(sum(places), 0), count(*) + 1 into others, replicas from vault.platform_shares
    where platform = p_platform and client_id = p_client and replica <> p_replica;
  cap := greatest(1, floor((p_ask->>'inFlightMax')::float * ease)::integer);
  fair := greatest(1, cap / replicas);
  select coalesce(sum(least(s.wants, fair)), 0) into crowd from vault.platform_shares s
    where platform = p_platform and client_id = p_client and replica <> p_replica;
  target := greatest(0, least(wants, greatest(fair, cap - crowd), cap - others));
  insert into vault.platform_shares (platform, client_id, replica, places, wants, until)
    values (p_platform, p_client, p_replica, greatest(target, running), wants,
      p_now + (p_ask->>'shareMs')::float * interval '1 millisecond')
    on conflict (platform, client_id, replica) do update
      set places = excluded.places, wants = excluded.wants, until = excluded.until;

  return jsonb_build_object('places', target, 'permits', given, 'breaker', app.breaker, 'cause', app.cause,
    'openUntilMs', extract(epoch from app.open_until) * 1000,
    'held', (select coalesce(jsonb_agg(jsonb_build_array(grant_id, extract(epoch from until) * 1000)), '[]') from (
      select grant_id, until from vault.platform_grant_holds
      where platform = p_platform and client_id = p_client and until > p_now limit 1000) as holds));
end $$`;
