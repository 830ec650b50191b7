FROM node:24-bookworm-slim AS dependencies
WORKDIR /docket
COPY package.json package-lock.json ./
# The image brings Node 24 itself, so the development dependency that bundles it is left out.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DOCKET_DATA_DIR=/data
WORKDIR /docket
COPY --from=dependencies /docket/node_modules ./node_modules
COPY package.json slack-manifest.json LICENSE ./
COPY src ./src
COPY drizzle ./drizzle
COPY prompts ./prompts
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "src/start.js"]
