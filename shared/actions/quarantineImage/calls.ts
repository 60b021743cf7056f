import type { JsonObject } from '../../platform/json.ts';
import { type ChangingCall, textAt } from '../changingCall.ts';
import type { ImageTarget } from '../targets/imageTarget.ts';
import type { Observed } from './observe.ts';

const eventSource = 'ecr.amazonaws.com';

/** A restore; or a push, which takes an archived image out of the archive as well. Images are named by digest or by tag: the answer has the digest. */
export function restoringCalls({ repository }: ImageTarget, { status }: Observed): readonly ChangingCall[] {
  const isHere = (asked: JsonObject): boolean => textAt(asked, 'repositoryName') === repository;
  const isOurs = (digest: string | undefined): boolean => digest !== undefined && Object.hasOwn(status, digest);
  return [
    {
      eventName: 'UpdateImageStorageClass',
      eventSource,
      isOn: (asked, answered) =>
        isHere(asked) &&
        textAt(asked, 'targetStorageClass') !== 'ARCHIVE' &&
        isOurs(textAt(answered, 'imageId', 'imageDigest') ?? textAt(asked, 'imageId', 'imageDigest')),
    },
    {
      eventName: 'PutImage',
      eventSource,
      isOn: (asked, answered) =>
        isHere(asked) && isOurs(textAt(answered, 'image', 'imageId', 'imageDigest') ?? textAt(asked, 'imageDigest')),
    },
  ];
}
