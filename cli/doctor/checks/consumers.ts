import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';
import { bringBack, ofType } from '../stack.ts';

const inMotion = new Set(['Creating', 'Enabling', 'Updating']);

/** What hands the messages of queues to functions (Lambda API, GetEventSourceMapping). */
export const consumers: Check = {
  name: 'consumers',
  look: async ({ stage, stack }) => {
    const { GetEventSourceMappingCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    const client = new LambdaClient(clientConfig(stage.config));
    const looked = await Promise.all(
      ofType(await stack(), 'AWS::Lambda::EventSourceMapping').map(async ({ logicalId, id: UUID }) => ({
        logicalId,
        UUID,
        is: await askedFor('lambda:GetEventSourceMapping', ['ResourceNotFoundException'], () =>
          client.send(new GetEventSourceMappingCommand({ UUID })),
        ),
      })),
    );
    const gone = looked.filter(({ is }) => is === undefined).map(({ logicalId }) => logicalId);
    if (gone.length > 0)
      return broken(`Gone: ${gone.join(', ')}. What they took from queues is left there.`, bringBack(stage));
    const off = looked.filter(({ is }) => is?.State !== 'Enabled' && !inMotion.has(is?.State ?? ''));
    const [first] = off;
    if (first !== undefined)
      return broken(
        `Not enabled: ${off.map(({ logicalId, is }) => `${logicalId} (${is?.State})`).join(', ')}. Their queues are not read.`,
        `Enable each: aws lambda update-event-source-mapping --uuid ${first.UUID} --enabled --region ${stage.region}.`,
      );
    const failing = looked.filter(({ is }) => is?.LastProcessingResult?.startsWith('PROBLEM') === true);
    if (failing.length > 0)
      return warning(
        `The last batch failed: ${failing.map(({ logicalId, is }) => `${logicalId} (${plain(is?.LastProcessingResult ?? '', 200)})`).join('; ')}.`,
        'It is tried again, five times in all; the log group of its function says why.',
      );
    return ok(`${looked.length} queues are read.`);
  },
};
