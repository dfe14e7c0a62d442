// Prints the operations that the sandbox offers, by the AWS CLI's name of their service, as JSON:
// what cli-models.py takes the words of the `aws` command for. Run by `npm run generate:cli`.
import { services } from '../../cloud/services/index.ts';

/** Services whose whole tables cli-models.py writes, by their name in the cloud. */
const whole = new Set(['iam', 'sts', 's3', 'ssm']);

/** Where the CLI calls a service other than the cloud does. */
const cliNames: Readonly<Record<string, string>> = { 'access-analyzer': 'accessanalyzer', 's3-control': 's3control' };

const offered = Object.values(services)
  .filter(({ name, operations }) => !whole.has(name) && Object.keys(operations).length > 0)
  // A function URL is called by its host name: no operation of the API.
  .map(({ name, model, operations }) => [
    cliNames[name] ?? name,
    Object.keys(operations)
      .filter((operation) => model.operations.has(operation))
      .sort(),
  ]);
console.log(JSON.stringify(Object.fromEntries(offered)));
