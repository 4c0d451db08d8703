-- How bytes and names of artifacts are stored. Nothing that is said of a content is believed before its bytes
-- were seen: until then its row keeps nobody from storing what has that hash.

-- Whether a content's bytes are here and have its hash; nothing takes them away but a collection.
CREATE FUNCTION sweeps.is_verified(p_content sweeps.content) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_content.is_whole AND p_content.place IS NULL
$$;

-- Makes a content's row, or keeps the one that is there from being collected; true where its bytes are wanted. One
-- outside lies where the owner's setting says, and is not seen from here: whoever reads it compares its hash.
CREATE FUNCTION sweeps.open_content(
    p_sweep text, p_trial integer, p_attempt integer, p_sha256 text, p_length bigint, p_is_outside boolean
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_place text := CASE WHEN p_is_outside THEN (SELECT s.value FROM store s WHERE s.key = 'artifacts') END;
    v_content sweeps.content;
BEGIN
    IF NOT may_report(p_sweep, p_trial, p_attempt) THEN
        RETURN false;   -- put_artifact keeps nothing either
    END IF;
    IF p_is_outside AND v_place IS NULL THEN
        PERFORM refuse('its owner has named no place for large artifacts');
    END IF;
    INSERT INTO content AS c (sha256, length, place, is_whole, touched_at, stored_by)
    VALUES (p_sha256, p_length, v_place, p_is_outside, sweeps.clock(), session_user)
    ON CONFLICT (sha256) DO UPDATE SET touched_at = sweeps.clock()
    RETURNING * INTO v_content;
    IF is_verified(v_content) THEN
        RETURN false;
    END IF;
    IF p_is_outside THEN
        UPDATE content c SET place = v_place, length = p_length, is_whole = true, stored_by = session_user
        WHERE c.sha256 = p_sha256;
        RETURN false;
    END IF;
    UPDATE content c SET stored_by = session_user WHERE c.sha256 = p_sha256;
    DELETE FROM content_chunk k WHERE k.sha256 = p_sha256;   -- of somebody who never came to the end
    RETURN true;
END
$$;

-- Adds a chunk to a content whose bytes the caller was asked for; to one that is whole, nothing can be added. Waits
-- while somebody else is at it.
CREATE FUNCTION sweeps.put_chunk(p_sha256 text, p_number integer, p_bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    PERFORM FROM content c
    WHERE c.sha256 = p_sha256 AND NOT is_verified(c) AND c.stored_by = session_user FOR UPDATE;
    IF FOUND AND p_number BETWEEN 0 AND 63 THEN
        INSERT INTO content_chunk (sha256, number, bytes) VALUES (p_sha256, p_number, p_bytes)
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;

-- Stores an artifact; one of the same attempt and name stays as it was stored first. Its chunks are compared with
-- their hash here, so that nobody can put other bytes under the hash of somebody's content; where they are its
-- bytes, whatever was said of it before is over.
CREATE FUNCTION sweeps.put_artifact(
    p_sweep text, p_trial integer, p_attempt integer, p_name text, p_media_type text, p_sha256 text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    IF NOT may_report(p_sweep, p_trial, p_attempt) THEN
        RETURN;
    END IF;
    IF p_media_type !~ '^[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,60}$' THEN
        PERFORM refuse(format('%s has no media type', p_name));
    END IF;
    UPDATE content c SET is_whole = true, place = NULL, length = found.length
    FROM (
        SELECT sum(length(k.bytes)) AS length, string_agg(k.bytes, '' ORDER BY k.number) AS bytes
        FROM content_chunk k WHERE k.sha256 = p_sha256) found
    WHERE c.sha256 = p_sha256 AND NOT is_verified(c)
        AND encode(sha256(found.bytes), 'hex') = p_sha256;
    IF NOT EXISTS (SELECT FROM content c WHERE c.sha256 = p_sha256 AND c.is_whole) THEN
        PERFORM refuse(format('the bytes of %s do not have its hash', p_name));
    END IF;
    INSERT INTO artifact (sweep, trial, attempt, name, media_type, sha256, stored_at, stored_by)
    VALUES (p_sweep, p_trial, p_attempt, p_name, p_media_type, p_sha256, sweeps.clock(), session_user)
    ON CONFLICT DO NOTHING;
END
$$;

-- Forgets an artifact; a worker only checkpoints of trials that it runs.
CREATE FUNCTION sweeps.remove_artifact(p_sweep text, p_trial integer, p_attempt integer, p_name text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    DELETE FROM artifact a
    WHERE a.sweep = p_sweep AND a.trial = p_trial AND a.attempt = p_attempt AND a.name = p_name
        AND (may_control() OR a.media_type = 'application/x-sweep-checkpoint' AND EXISTS (
            SELECT FROM lease l WHERE l.sweep = p_sweep AND l.trial = p_trial
                AND l.is_held AND l.claimed_by = session_user));
END
$$;
