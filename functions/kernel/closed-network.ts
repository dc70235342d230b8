import { type Network, NotPermitted } from './ports.ts';

/** For functions that reach nothing outside. */
export const closedNetwork: Network = {
  check: async () => {
    throw new NotPermitted('this function reaches nothing outside');
  },
  post: async () => {
    throw new NotPermitted('this function reaches nothing outside');
  },
};
