import * as z from 'zod';
import { EndpointAnswered } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { endpoint } from '../endpoint.ts';

/** 记录端点当日已应答: by it a lasting failure is told from a single one. */
export default command({
  name: 'deliveries/note-answer',
  title: '记录接收端点当日已应答',
  aggregate: endpoint,
  input: z.strictObject(EndpointAnswered.data.shape),
  who: 'system',
  key: ({ agency }) => agency,
  decide: (state, input) => (!state || (state.answeredOn !== null && state.answeredOn >= input.answeredOn) ? [] : [EndpointAnswered.of(input)]),
});
