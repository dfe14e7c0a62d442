/** How trails are named, and found. AWS CloudTrail User Guide, "Naming requirements". */
import { AwsError } from '../../errors.ts';
import type { Account } from '../../world.ts';
import type { TrailState } from './state.ts';

const SHORTEST = 3;
const LONGEST = 128;

/** Never a name of JavaScript's own: it has a colon. */
export function trailKey(region: string, name: string): string {
  return `${region}:${name}`;
}

export function trailArn(accountId: string, { homeRegion, name }: Pick<TrailState, 'homeRegion' | 'name'>): string {
  return `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/${name}`;
}

function invalidName(message: string): AwsError {
  return new AwsError('InvalidTrailNameException', message, { status: 400 });
}

/** @throws AwsError InvalidTrailNameException */
export function checkTrailName(name: string): void {
  const { length } = name;
  if (length < SHORTEST) {
    throw invalidName(
      `Trail name too short. Minimum allowed length: ${SHORTEST} characters. Specified name length: ${length} characters.`,
    );
  }
  if (length > LONGEST) {
    throw invalidName(
      `Trail name too long. Maximum allowed length: ${LONGEST} characters. Specified name length: ${length} characters.`,
    );
  }
  if (!/^[A-Za-z0-9._-]+$/.test(name)) {
    throw invalidName(
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
    );
  }
  if (!/^[A-Za-z0-9]/.test(name)) throw invalidName('Trail name must starts with a letter or number.');
  if (!/[A-Za-z0-9]$/.test(name)) throw invalidName('Trail name must ends with a letter or number.');
  if (/[._-]{2}|^\d+\.\d+\.\d+\.\d+$/.test(name)) {
    throw invalidName('Trail name can not have adjacent periods, underscores or dashes, nor be an IP address.');
  }
}

/** The trails that a region shows: its own, and the shadows of those of all regions. */
export function trailsIn<Trail extends TrailState>(
  trails: Readonly<Record<string, Trail>>,
  region: string,
): readonly Trail[] {
  return Object.values(trails)
    .filter(({ homeRegion, isMultiRegion }) => homeRegion === region || isMultiRegion)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const TRAIL_ARN = /^arn:aws[\w-]*:cloudtrail:([\w-]+):(\d{12}):trail\/(.+)$/;

/** A trail by name, where the region shows it, or by ARN; undefined where there is none. @throws AwsError for what is no name */
export function findTrail<Trail extends TrailState>(
  account: Pick<Account, 'id'> & { readonly cloudtrail: { readonly trails: Readonly<Record<string, Trail>> } },
  nameOrArn: string,
  region: string,
): Trail | undefined {
  if (!nameOrArn.startsWith('arn:')) {
    checkTrailName(nameOrArn);
    return trailsIn(account.cloudtrail.trails, region).find(({ name }) => name === nameOrArn);
  }
  const [, homeRegion, accountId, name] = TRAIL_ARN.exec(nameOrArn) ?? [];
  if (name === undefined) {
    throw new AwsError('CloudTrailARNInvalidException', `Invalid trail ARN: ${nameOrArn}`, { status: 400 });
  }
  return Object.values(account.cloudtrail.trails).find(
    (trail) => account.id === accountId && trail.homeRegion === homeRegion && trail.name === name,
  );
}

/** @throws AwsError TrailNotFoundException */
export function trailOf<Trail extends TrailState>(
  account: Parameters<typeof findTrail<Trail>>[0],
  nameOrArn: string | undefined,
  region: string,
): Trail {
  const trail = findTrail(account, nameOrArn ?? '', region);
  if (trail !== undefined) return trail;
  const arn = nameOrArn?.startsWith('arn:')
    ? nameOrArn
    : trailArn(account.id, { homeRegion: region, name: nameOrArn ?? '' });
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${account.id}`, { status: 400 });
}

/** A trail that is to be changed: that is done in its home region. @throws AwsError TrailNotFoundException, InvalidHomeRegionException */
export function ownTrailOf<Trail extends TrailState>(
  account: Parameters<typeof findTrail<Trail>>[0],
  nameOrArn: string | undefined,
  region: string,
): Trail {
  const trail = trailOf(account, nameOrArn, region);
  if (trail.homeRegion === region) return trail;
  throw new AwsError(
    'InvalidHomeRegionException',
    `Trail ${trail.name} was created in ${trail.homeRegion}: only there it can be changed.`,
    { status: 400 },
  );
}
