import type { Aws } from '../../platform/sdk/aws.ts';
import { registerCopy, withContainers } from '../targets/definitionCopy.ts';

/** A copy of a task definition in which these containers name their image by digest, registered once. Answers with its ARN. */
export const registerPinned = (
  aws: Aws,
  taskDefinition: string,
  pins: { readonly [container: string]: string },
): Promise<string> =>
  registerCopy(aws, taskDefinition, (content) =>
    withContainers(content, (container) => {
      const image = pins[container.name ?? ''];
      return image === undefined ? container : { ...container, image };
    }),
  );
