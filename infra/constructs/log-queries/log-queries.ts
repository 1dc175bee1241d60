import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionSpecs } from '../../../functions/index.ts';
import type { Stage } from '../../stages.ts';
import { accessLogNameOf } from '../api/payment-api.ts';
import { logGroupNameOf } from '../deployed-name.ts';
import { constructId } from '../house-function.ts';
import { type SavedQuery, savedQueries } from './queries.ts';

/** As many as one query reads. Source: CloudWatch Logs, Insights quotas. */
const mostGroups = 50;

/** The saved queries of a stage, named `paysaga/<stage>/...`. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, stage: Pick<Stage, 'name'>) {
    super(scope, id);
    for (const saved of savedQueries) {
      // The plain resource: CDK's own takes log groups, which other stacks would have to export.
      new CfnQueryDefinition(this, constructId(saved.name.replaceAll('/', '-')), {
        name: `paysaga/${stage.name}/${saved.name}`,
        queryString: saved.query.join('\n| '),
        ...logGroupsOf(saved, stage),
      });
    }
  }
}

/**
 * The logs that a query reads.
 *
 * @throws Error when there are more than one query reads
 */
function logGroupsOf(
  { name, source }: SavedQuery,
  stage: Pick<Stage, 'name'>,
): { readonly logGroupNames?: string[] } {
  if (source === 'chosen') {
    return {};
  }
  if (source === 'access') {
    return { logGroupNames: [accessLogNameOf(stage)] };
  }
  const groups = functionSpecs
    .filter((spec) => source.functions.some((prefix) => spec.name.startsWith(prefix)))
    .map((spec) => logGroupNameOf(stage, spec));
  if (groups.length === 0 || groups.length > mostGroups) {
    throw new Error(`the query ${name} reads ${groups.length} logs: 1 to ${mostGroups}`);
  }
  return { logGroupNames: groups };
}
