# Operator and storage node in one image: `operator` or `node` is the argument. Built with `docker build .`; NODE_IMAGE is any image with
# Node.js >= 20.19, npm (used by the build stage only) and a user with id 1000.
ARG NODE_IMAGE=node:22-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json LICENSE ./
COPY scripts scripts
COPY src src
# After everything that does not depend on them: another version reuses the layers above.
ARG VERSION=
ARG FEATURE_LEVEL=
RUN VERSION=${VERSION} FEATURE_LEVEL=${FEATURE_LEVEL} node scripts/build.mjs

FROM ${NODE_IMAGE}
# Package managers install code, which a running member never does.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/LICENSE /build/dist/quorate.cjs ./
USER 1000:1000
EXPOSE 6379 7946 8080
ENTRYPOINT ["node", "/app/quorate.cjs"]
