/**
 * The gateway and the database as a process of its own, for the test that kills it. Prints one line of JSON when it
 * listens: the port, and the key of a sandbox that it made where `NEW_SANDBOX` is set.
 */
import { readConfig } from '../../config/config.ts';
import { createLog } from '../../log/log.ts';
import { createPlatform } from '../../platform.ts';
import { createGateway } from '../server.ts';
import { adminWorld } from './admin-world.ts';

const config = { ...readConfig(process.env), gatewayPort: 0 };
const platform = await createPlatform(config, createLog('silent'));
const port = await createGateway(platform).listen();
let key: { accessKeyId: string; secretAccessKey: string } | undefined;
if (process.env['NEW_SANDBOX'] !== undefined) {
  const { world, ...made } = adminWorld(await platform.sandboxes.drawAccountId());
  await platform.sandboxes.create(world, new Map());
  key = made;
}
console.log(JSON.stringify({ port, ...key }));
