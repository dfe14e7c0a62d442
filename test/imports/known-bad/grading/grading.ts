import { server } from '../server/server.ts'; export const grading = server;
