const longestPauseMs = 15_000;

/**
 * Follows a stream of the server's events; after a loss it comes back by itself. `catchUp` reads what was missed and is tried again with it;
 * `lost` hears true when the line is down and false when it is up again.
 */
export function follow(address, handlers, catchUp, lost) {
  let failures = 0;

  function connect() {
    const events = new EventSource(address);
    let given = false;

    // The stream and the first read may both report the same loss.
    function giveUp() {
      if (given) return;
      given = true;
      events.close();
      lost(true);
      const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** failures++);
      setTimeout(connect, pauseMs * (0.75 + Math.random() / 2));
    }

    async function open() {
      try {
        await catchUp();
        failures = 0;
        lost(false);
      } catch (error) {
        console.warn('The timeline could not be read:', error);
        giveUp();
      }
    }

    for (const [name, hear] of Object.entries(handlers)) events.addEventListener(name, (event) => hear(event.data));
    events.addEventListener('open', () => void open());
    events.addEventListener('error', giveUp);
  }

  connect();
}
