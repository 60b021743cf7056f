import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/fixTaskDefinition/';
const routed = provenBy('test/actions/fixTaskDefinitionRouter.test.ts', folder);
const planned = provenBy('test/actions/fixTaskDefinition.test.ts', folder);

/** What a log router rests on: nobody is let in by it, what it holds is no secret, and what ran without it comes up with it. */
export const routerChecks: readonly RemovedCheck[] = [
  planned(
    'plan.ts',
    'return canLog ? routing :',
    'return canLog ? null :',
    'names no user and no group of logs by itself',
    'A copy is deployed that ECS refuses, or that opens a port.',
  ),
  routed(
    'router.ts',
    'return `it is in the network of its host, where the port of a log router (${routerPort}) is open to whoever reaches the host`;',
    'return null;',
    'in the network of its host',
    'Whoever reaches the host writes into the log.',
  ),
  routed(
    'router.ts',
    '@sha256:[0-9a-f]{64}$/,',
    '(?:@sha256:[0-9a-f]{64})?$/,',
    'say what is wrong: its digest',
    'What is started beside an application is whatever the tag stands for by then.',
  ),
  routed(
    'router.ts',
    '(given) => !Object.keys(given).some((name) => tellsOfSecret.test(name) || saysWho.test(name)),',
    '() => true,',
    'must not hold a secret',
    'A key of a log service stands in the definition, the rule and the plan.',
  ),
  routed(
    'router.ts',
    'z.string().regex(/^[^\\p{Cc}]{1,512}$/u,',
    'z.string().regex(/^[^]{1,512}$/u,',
    'in one line',
    'An option begins an output of its own.',
  ),
  routed(
    'router.ts',
    'if (registries !== undefined && !registries.some(',
    'if (registries?.length === 0 && !registries.some(',
    'by an image from a registry that nobody approved',
    'An image that nobody approved reads the log of an application.',
  ),
  routed(
    'router.ts',
    'if (room === null || room >= reservationOf(given)) return null;',
    'if (room !== -1) return null;',
    'MiB that no container has reserved',
    'A deployment is begun that ECS refuses.',
  ),
  routed(
    'router.ts',
    'return `its log router ${name} is Fluentd, and the rule has options of Fluent Bit`;',
    'return null;',
    'is Fluentd',
    'The router that all logs go through does not start any more.',
  ),
  routed(
    'router.ts',
    'return dependsOn.length === 0 ? null : `its log router',
    'return dependsOn.length >= 0 ? null : `its log router',
    'waits for other containers',
    'Two containers wait for one another.',
  ),
  routed(
    'router.ts',
    '  ...(given.writableRoot === true ? {} : { readonlyRootFilesystem: true }),\n',
    '',
    'adds no container that other rules would find',
    'A fix brings what another rule finds.',
  ),
  routed(
    'hardening.ts',
    'const added = isToRoute && !all.some(({ router }) => router === true) ?',
    'const added = isToRoute ?',
    'uses the router that is there',
    'A second router is added, and ECS refuses the copy.',
  ),
  routed(
    'hardening.ts',
    'const isToRoute = logs && firelens !== undefined && all.some(',
    'const isToRoute = logs && firelens !== undefined && !all.every(',
    'adds no router where every container has a log',
    'ECS refuses a router through which no log goes.',
  ),
  routed(
    'hardening.ts',
    'return hadNoLog.has(rest.name) ? unrouted(rest, router) : rest;',
    'return unrouted(rest, router);',
    'is told from what somebody else deployed',
    'Somebody who moves a log deploys, and an undo takes it back.',
  ),
  routed(
    'types.ts',
    '  if (value.firelens === undefined || value.logGroup !== undefined) return;\n',
    '  if (value.firelens !== undefined || value.logGroup === undefined) return;\n',
    'take no router without a log of its own',
    'What a router cannot send is told to nobody.',
  ),
  routed(
    'router.ts',
    "if (uid !== '0' && all.some(",
    "if (uid === '' && all.some(",
    'user 24224',
    'The directory of the socket of the log belongs to an application.',
  ),
];
