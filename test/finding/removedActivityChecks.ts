import type { RemovedCheck } from '../removedCheck.ts';

const action = 'shared/finding/imageActivity/action.ts';
const scanning = 'shared/finding/imageActivity/scanChange.ts';
const test = 'test/finding/imageActivity.test.ts';

/** What of an action on an image is news, and what of it may become part of an ARN. */
export const activityChecks: readonly RemovedCheck[] = [
  {
    file: action,
    text: "  if (result !== 'SUCCESS') return",
    replacement: "  if (result === '') return",
    test,
    name: 'that failed is ignored',
    why: 'a push that was refused counts as one that brought an image back',
  },
  {
    file: action,
    text: '  if (digest === null) {',
    replacement: "  if (digest === '') {",
    test,
    name: 'without a digest is ignored',
    why: 'a tag is taken for an identity',
  },
  {
    file: action,
    text: "return storageClass === 'ARCHIVE'",
    replacement: "return storageClass !== 'STANDARD'",
    test,
    name: 'A_CLASS_OF_TOMORROW',
    why: 'a class that does not exist yet lets a contained image out unseen',
  },
  {
    file: 'shared/finding/imageActivity.ts',
    text: "  volatile: ['observedAt', 'resource.tags'],",
    replacement: "  volatile: ['observedAt'],",
    test,
    name: 'says the same for each tag of one push',
    why: 'one push with several tags is contained again once for each of them, and pages',
  },
  {
    file: action,
    text: '[bounded(tag, tagLength)]',
    replacement: '[tag]',
    test,
    name: 'takes a tag that somebody made up',
    why: 'one tag fills the item of a finding',
  },
  {
    file: scanning,
    text: "frequency === 'MANUAL' && before !== 'MANUAL'",
    replacement: "before !== 'MANUAL'",
    test,
    name: 'to another frequency is ignored',
    why: 'a repository that is scanned more often is told as one that is not scanned',
  },
  {
    file: scanning,
    text: 'off.length > detailCount ?',
    replacement: 'off.length > 1e9 ?',
    test,
    name: 'of more than twenty is one',
    why: 'one rule of the registry that goes sends hundreds of messages, and takes intake past its time',
  },
];
