/** A client for the credentials in use. */
import { resolveCredentials } from '../profiles/credentials.ts';
import type { CliService } from '../service-description.ts';
import type { Session } from '../session.ts';
import { type Client, connect } from './client.ts';

/** A client of a service for this session. Throws the CLI's faults where credentials or region are missing. */
export async function createClient(session: Session, service: CliService): Promise<Client> {
  return connect(session, service, session.globals.signRequest ? await resolveCredentials(session) : undefined);
}
