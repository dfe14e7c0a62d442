import { web } from '../web/web.ts'; export const cli = web;
