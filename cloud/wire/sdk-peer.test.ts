import { iamModel, s3Model, ssmModel, stsModel } from './models.ts';
import { holdAgainstSdk } from './testing/sdk-peer.ts';

for (const model of [iamModel, stsModel, ssmModel, s3Model]) holdAgainstSdk(model, { values: 3 });
