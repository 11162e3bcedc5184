/** For the benchmark, which starts the server as `npm start` does. */
export const SERVER_FLAGS: readonly string[];
