"""What arrived stays as it came, and is seen only by those who need to know."""

from django.db import migrations

from lantern.access import rls

# what became of a message is written once it is known; what it was is never written again
KEPT_AS_IT_CAME = migrations.RunSQL(
    """
    CREATE FUNCTION intake_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.id, NEW.feed, NEW.message_id, NEW.content_hash, NEW.size, NEW.received_at, NEW.same_id_other_content)
               IS DISTINCT FROM
           (OLD.id, OLD.feed, OLD.message_id, OLD.content_hash, OLD.size, OLD.received_at, OLD.same_id_other_content)
           OR NEW.nonce <> OLD.nonce OR NEW.ciphertext <> OLD.ciphertext
           OR NEW.deliveries < OLD.deliveries
           OR (NEW.wrapped_key IS NOT NULL AND NEW.wrapped_key IS DISTINCT FROM OLD.wrapped_key) THEN
            RAISE EXCEPTION 'a kept message only grows older' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER intake_inboundmessage_keeps BEFORE UPDATE ON intake_inboundmessage
        FOR EACH ROW EXECUTE FUNCTION intake_keeps();
    CREATE TRIGGER intake_inboundmessage_stays BEFORE DELETE OR TRUNCATE ON intake_inboundmessage
        FOR EACH STATEMENT EXECUTE FUNCTION lantern_refuse_change();
    SELECT lantern_take_from_app('DELETE, TRUNCATE', 'intake_inboundmessage');
    """,
    """
    DROP TRIGGER intake_inboundmessage_stays ON intake_inboundmessage;
    DROP TRIGGER intake_inboundmessage_keeps ON intake_inboundmessage;
    DROP FUNCTION intake_keeps;
    SELECT lantern_give_to_app('DELETE', 'intake_inboundmessage');
    """,
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("access", "0002_row_level_security")]

    operations = [*rls.protect("intake_inboundmessage", unlinked_to_intake=True), KEPT_AS_IT_CAME]
