import type { RemovedCheck } from '../removedCheck.ts';

/**
 * What makes the sandbox refuse as AWS would: without it, a step that did nothing would look as if it had worked. And what keeps
 * others than its user from driving it.
 */
export const sandboxChecks: readonly RemovedCheck[] = [
  {
    file: 'sandbox/door/turnedAway.ts',
    text: 'if (!OWN_HOST.test(host)) {',
    replacement: "if (host === '') {",
    test: 'test/sandbox/door/turnedAway.test.ts',
    name: 'under a name of its own',
    why: 'A web page whose name resolves to 127.0.0.1 could read the account and drive it.',
  },
  {
    file: 'sandbox/door/turnedAway.ts',
    text: 'origin !== undefined && origin !== `http://${host}`;',
    replacement: 'false;',
    test: 'test/sandbox/door/turnedAway.test.ts',
    name: 'by a form',
    why: 'Any web page open on this machine could make AWS calls as the administrator.',
  },
  {
    file: 'sandbox/door/turnedAway.ts',
    text: "(site !== undefined && site !== 'same-origin' && site !== 'none')",
    replacement: 'site === null',
    test: 'test/sandbox/door/turnedAway.test.ts',
    name: 'which have no Origin',
    why: 'An image or a link of a web page could make calls.',
  },
  {
    file: 'sandbox/control/body.ts',
    text: '  if (deep >= 0)',
    replacement: '  if (deep > 1000)',
    test: 'test/sandbox/control/control.test.ts',
    name: 'levels without end',
    why: 'One event whose levels nothing can write out again would be taken, and then lost.',
  },
  {
    file: 'sandbox/services/ecr/batchGetImage.ts',
    text: "'code' in found || found.status === 'ACTIVE' ? found : missing",
    replacement: 'found ?? missing',
    test: 'test/sandbox/services/ecr/batchGetImage.test.ts',
    name: 'hands out no archived image',
    why: 'An archived image could be pulled, and quarantine would prove nothing.',
  },
  {
    file: 'sandbox/services/ecr/describeImages.ts',
    text: "(imageStatus === 'ANY' || image.status === imageStatus)",
    replacement: "(imageStatus !== '')",
    test: 'test/sandbox/services/ecr/describeImages.test.ts',
    name: 'shows only active images',
    why: 'A product that forgets to ask for archived images would still see them here.',
  },
  {
    file: 'sandbox/services/ecr/updateImageStorageClass.ts',
    text: '  if (index !== undefined) {',
    replacement: '  if (index !== undefined && index.digest === image.digest) {',
    test: 'test/sandbox/services/ecr/updateImageStorageClass.test.ts',
    name: 'refuses an image that an index still needs',
    why: 'Images could be archived before the index that needs them, which ECR refuses.',
  },
  {
    file: 'sandbox/services/ecr/pullTime.ts',
    text: '  image.lastPulledAt = account.clock.now();',
    replacement: '',
    test: 'test/system/pullTime.test.ts',
    name: 'without the exclusion',
    why: 'A product whose own reads count as pulls would pass here, and hold every image on AWS.',
  },
  {
    file: 'sandbox/services/ecr/pullTime.ts',
    text: '  if (role !== undefined && exclusionsOf(account).has(role.arn)) return;',
    replacement: '',
    test: 'test/sandbox/services/ecr/pullTime.test.ts',
    name: 'not moved by a role that is excluded',
    why: 'An exclusion in the template would have no effect.',
  },
  {
    file: 'sandbox/services/ecr/startImageScan.ts',
    text: "  if (image.status !== 'ACTIVE') {",
    replacement: '  if (image.lastArchivedAt === 0) {',
    test: 'test/sandbox/services/ecr/startImageScan.test.ts',
    name: 'refuses an archived image',
    why: 'A quarantined image could be scanned, and would come back as a new finding.',
  },
  {
    file: 'sandbox/template/deploy.ts',
    text: '  if (parsed.success) return { create: type.create, properties: parsed.data as never };',
    replacement: '  return { create: type.create, properties: (parsed.data ?? {}) as never };',
    test: 'test/sandbox/template/deploy.test.ts',
    name: 'with the path',
    why: 'A property that the sandbox does not know would be passed over.',
  },
  {
    file: 'sandbox/world/read.ts',
    text: '  if (misfit !== undefined) {',
    replacement: '  if (misfit !== undefined && misfit.path.length === 0) {',
    test: 'test/sandbox/world/check.test.ts',
    why: 'An account file that names what is not there would be read, and "in use" answered for another world.',
  },
];
