-- Who may do what; run when the store is made and again at each migration. Roles that are not there are left
-- out: one user may own everything.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sweeps FROM PUBLIC;
DO $$
DECLARE
    v_role text;
BEGIN
    FOR v_role IN SELECT rolname FROM pg_roles WHERE rolname IN ('sweep_user', 'sweep_worker') LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA sweeps TO %I', v_role);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA sweeps TO %I', v_role);
        EXECUTE format('REVOKE ALL ON sweeps.session FROM %I', v_role);
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION sweeps.clock, sweeps.live_sessions, sweeps.lock_sweep, '
            'sweeps.abandoned, sweeps.append_events, sweeps.renew, sweeps.put_batches, sweeps.open_content, '
            'sweeps.put_chunk, sweeps.put_artifact, sweeps.remove_artifact, '
            'sweeps.join_worker, sweeps.leave_worker, sweeps.report_worker TO %I', v_role);
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sweep_user') THEN
        GRANT EXECUTE ON FUNCTION sweeps.lock_names, sweeps.submit_sweep TO sweep_user;
    END IF;
END
$$;
