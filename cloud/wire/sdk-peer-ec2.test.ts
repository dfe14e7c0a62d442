import { ec2Model } from './models.ts';
import { holdAgainstSdk } from './testing/sdk-peer.ts';

// One value of each of more than 800 operations: their shapes are much alike.
holdAgainstSdk(ec2Model, { values: 1 });
