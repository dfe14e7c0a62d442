FROM node:20-bookworm-slim
WORKDIR /leastwise
COPY --chown=node:node . .
RUN chown node:node /leastwise && mkdir -p /data && chown node:node /data
USER node
RUN npm ci
ENV HOST=0.0.0.0 DATA_DIR=/data
EXPOSE 3000 4566
VOLUME /data
CMD ["npm", "start"]
