/** One run of the command: where it runs, what it was told, and what the profile says. */

import type { BinaryFormat } from './client/request.ts';
import type { AwsEnvironment } from './environment.ts';
import { configurationFault, generalFault } from './faults.ts';
import { type Globals, OUTPUT_FORMATS, type OutputFormat } from './globals.ts';
import type { Presentation } from './output/format.ts';
import { type Configuration, readConfiguration, setting } from './profiles/configuration.ts';
import { instanceRegion } from './profiles/instance-metadata.ts';

export interface Session {
  readonly environment: AwsEnvironment;
  readonly globals: Globals;
  readonly configuration: Configuration;
  /** On a host, where nothing else says which region. */
  readonly hostRegion?: string;
}

/** Reads the profile. Throws the CLI's fault where it does not exist. */
export async function startSession(environment: AwsEnvironment, globals: Globals): Promise<Session> {
  const session: Session = {
    environment,
    globals,
    configuration: await readConfiguration(environment, globals.profile),
  };
  return onHost(session);
}

/** The session with the region that the instance tells, where nothing else says one. */
export async function onHost(session: Session): Promise<Session> {
  const hostRegion = regionOf(session) === undefined ? await instanceRegion(session.environment) : undefined;
  return hostRegion === undefined ? session : { ...session, hostRegion };
}

/** The region by option, AWS_REGION, AWS_DEFAULT_REGION, profile, or by the instance that the command runs on. */
export function regionOf(session: Session): string | undefined {
  const { variables } = session.environment;
  return (
    session.globals.region ??
    (variables['AWS_REGION'] || undefined) ??
    (variables['AWS_DEFAULT_REGION'] || undefined) ??
    setting(session.configuration.profile.settings, 'region') ??
    session.hostRegion
  );
}

/** The region, if it can be one. Throws the CLI's fault for what is no label of a host name. */
export function validRegion(region: string): string {
  if (/^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{0,63}(?<!-)$/.test(region)) return region;
  throw generalFault(`Provided region_name '${region}' doesn't match a supported format.`);
}

/** Throws the CLI's configuration fault where no region is set. */
export function requireRegion(session: Session): void {
  if (regionOf(session) !== undefined) return;
  throw configurationFault('You must specify a region. You can also configure your region by running "aws configure".');
}

/** How the answer is shown. Throws where the profile names an unknown format. */
function outputFormat(session: Session): OutputFormat {
  const named =
    session.globals.output ??
    (session.environment.variables['AWS_DEFAULT_OUTPUT'] || undefined) ??
    setting(session.configuration.profile.settings, 'output') ??
    'json';
  const format = OUTPUT_FORMATS.find((known) => known === named);
  if (format === undefined) throw generalFault(`Unknown output type: ${named}`);
  return format;
}

/** How answers are shown: format, query, and the width of the window by COLUMNS. */
export function presentationOf(session: Session): Presentation {
  const { query } = session.globals;
  const width = Number(session.environment.variables['COLUMNS']);
  return {
    format: outputFormat(session),
    ...(query !== undefined && { query }),
    ...(Number.isInteger(width) && width > 0 && { width }),
  };
}

/** Where calls go, if not to AWS itself: `--endpoint-url`, AWS_ENDPOINT_URL, or `endpoint_url` of the profile. */
export function endpointOf(session: Session, serviceId: string): string | undefined {
  const { variables } = session.environment;
  const variable = `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  return (
    session.globals.endpointUrl ??
    (variables[variable] || undefined) ??
    (variables['AWS_ENDPOINT_URL'] || undefined) ??
    setting(session.configuration.profile.settings, 'endpoint_url')
  );
}

/** How bytes in parameters are written. */
export function binaryFormat(session: Session): BinaryFormat {
  const named = session.globals.binaryFormat ?? setting(session.configuration.profile.settings, 'cli_binary_format');
  return named === 'raw-in-base64-out' ? named : 'base64';
}
