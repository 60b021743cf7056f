import type { Letting, Plan } from '../plan/plan.ts';
import { commandFor } from './command.ts';
import { plain, shellWord } from './text.ts';

/** What is still contained, and the ways on from there: the world has moved on, or what was named cannot run. */
export const notReleasedLines = (
  { takesVersion, byUndoAlone }: Letting,
  incident: string,
  stage: string,
): readonly string[] =>
  byUndoAlone === true
    ? [`It stays as it is until an undo puts it back: ${commandFor('undo', incident, stage)}`]
    : [
        'What is not told as let go stays contained as it is.',
        `Remove what stood in the way, then ask again: ${commandFor('release', incident, stage)} --reason "…"`,
        ...(takesVersion === true
          ? [
              `If somebody has deployed a version that is fixed, name that one: ${commandFor('release', incident, stage)} --to FAMILY:REVISION --reason "…"`,
            ]
          : []),
        `It stays until then: ${commandFor('keep', incident, stage)} --reason "…"`,
      ];

/** What holds from then on, and what is left for hands: an image that was bad stays archived. */
export const releasedLines = ({ steps }: Plan): readonly string[] => [
  'What is found from now on is contained as ever: unlike an undo, a release holds nothing back.',
  ...new Set(
    steps.flatMap(({ target }) =>
      target.kind === 'image'
        ? [
            `${plain(target.id, 400)} stays archived, and no undo puts it back any more. If it is needed after all: aws ecr update-image-storage-class --repository-name ${shellWord(target.repository)} --image-id imageDigest=${shellWord(target.digest ?? '')} --target-storage-class STANDARD`,
          ]
        : [],
    ),
  ),
];
