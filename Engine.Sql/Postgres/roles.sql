-- The three roles of a store. Run once, in the store's database, by an administrator of the server; running it
-- again changes nothing. Then ./sweep migrate, as a member of sweep_owner, makes the store.
--
--   sweep_owner   makes and upgrades the store, and frees space (./sweep migrate, ./sweep gc)
--   sweep_user    submits and controls sweeps
--   sweep_worker  runs trials: it can only append events of attempts, stamped with its name and the time
--
-- Give each person and each box a login of its own, for example
--   CREATE ROLE ann LOGIN PASSWORD '...' IN ROLE sweep_user;
--   CREATE ROLE box1 LOGIN PASSWORD '...' IN ROLE sweep_worker;
DO $$
DECLARE
    v_role text;
BEGIN
    FOREACH v_role IN ARRAY ARRAY['sweep_owner', 'sweep_user', 'sweep_worker'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', v_role);
        END IF;
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO sweep_owner', current_database());
    -- To see since when a connection lasts: whoever calls a lease expired must have been there for one.
    GRANT pg_read_all_stats TO sweep_owner;
END
$$;
