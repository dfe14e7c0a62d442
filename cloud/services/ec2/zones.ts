/** Regions and their Availability Zones (EC2 User Guide, "Regions and Zones"). */

/** Every region that is on without being asked for: the letters of its zones, and the short name in its zones' ids. */
const regions: Readonly<Record<string, readonly [letters: string, short: string]>> = {
  'ap-northeast-1': ['acd', 'apne1'],
  'ap-northeast-2': ['abcd', 'apne2'],
  'ap-northeast-3': ['abc', 'apne3'],
  'ap-south-1': ['abc', 'aps1'],
  'ap-southeast-1': ['abc', 'apse1'],
  'ap-southeast-2': ['abc', 'apse2'],
  'ca-central-1': ['abd', 'cac1'],
  'eu-central-1': ['abc', 'euc1'],
  'eu-north-1': ['abc', 'eun1'],
  'eu-west-1': ['abc', 'euw1'],
  'eu-west-2': ['abc', 'euw2'],
  'eu-west-3': ['abc', 'euw3'],
  'sa-east-1': ['abc', 'sae1'],
  'us-east-1': ['abcdef', 'use1'],
  'us-east-2': ['abc', 'use2'],
  'us-west-1': ['ab', 'usw1'],
  'us-west-2': ['abcd', 'usw2'],
};

export const regionNames: readonly string[] = Object.keys(regions);

export interface Zone {
  /** `us-east-1a`. */
  readonly name: string;
  /** `use1-az1`. */
  readonly id: string;
}

/** The zones of a region; three of one that is not known. */
export function zonesOf(region: string): readonly Zone[] {
  const [letters, short] = regions[region] ?? ['abc', region.replaceAll('-', '')];
  return [...letters].map((letter, i) => ({ name: region + letter, id: `${short}-az${i + 1}` }));
}

export function zoneIdOf(region: string, name: string): string | undefined {
  return zonesOf(region).find((zone) => zone.name === name)?.id;
}
