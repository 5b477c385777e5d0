FROM node:24-slim

ENV NODE_ENV=production REPARTEE_DATA=/data
WORKDIR /app

# The optional packages are a Node of one's own, for computers with an older one.
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=optional --omit=dev && npm cache clean --force

COPY LICENSE ./
COPY config config
COPY src src
COPY workers workers

RUN mkdir /data && chown node:node /data
VOLUME /data
USER node

# Health is served by the roles all and web; switch the check off where only listen or work runs. Not /readyz: what that misses, no new start mends.
HEALTHCHECK --interval=15s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# SIGTERM reaches the program itself, which ends what is under way within ten seconds.
ENTRYPOINT ["node", "src/main.ts"]
CMD ["start"]
