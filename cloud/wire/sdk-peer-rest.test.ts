import { accessanalyzerModel, lambdaModel, s3controlModel, schedulerModel } from './models.ts';
import { holdAgainstSdk } from './testing/sdk-peer.ts';

for (const model of [lambdaModel, accessanalyzerModel, schedulerModel, s3controlModel]) {
  holdAgainstSdk(model, { values: 3 });
}
