import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/rotateSecret.test.ts', 'shared/');
const rotates = 'actions/rotateSecret.ts';
const readers = 'account/secretReaders.ts';

/** What keeps a secret from being rotated in vain, twice, or only in our belief. */
export const secretChecks: readonly RemovedCheck[] = [
  check(
    rotates,
    'if (by === null) {',
    "if (by === '') {",
    'where no function rotates it',
    'its owner is not told that only they can replace it',
  ),
  check(
    rotates,
    'if (begun !== null) {',
    "if (begun === '') {",
    'has not ended',
    'Secrets Manager refuses, and nobody hears that a rotation has been stuck',
  ),
  check(
    rotates,
    'if (deletedAt !== null) {',
    "if (deletedAt === '') {",
    'is to be deleted',
    'what is to be deleted is told as a failure',
  ),
  check(
    rotates,
    'now !== null && now !== version',
    'now !== null',
    'is read back',
    'a rotation that has not ended is told as done',
  ),
  check(
    rotates,
    'ClientRequestToken: tokenOf(context), ',
    '',
    'a repeat makes no second version',
    'a repeat after a crash rotates once more, and cuts off who has taken the value between',
  ),
  check(
    rotates,
    'secret.RotationEnabled === true ? ',
    'true ? ',
    'rotation is switched off',
    'a secret whose rotation somebody switched off is asked to rotate',
  ),
  check(
    rotates,
    'if (itsRegion === region && itsAccount === account) return arn;',
    'return arn;',
    'are none for',
    'a finding widens the session to every secret',
  ),
  check(
    readers,
    'whole === arn || ',
    'valueFrom === arn || ',
    'with a key of it',
    'a service that is given one key of it is not told',
  ),
];
