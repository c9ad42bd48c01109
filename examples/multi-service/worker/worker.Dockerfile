FROM python:3.11-slim
ARG LOG_LEVEL
ENV LOG_LEVEL=${LOG_LEVEL}
RUN useradd --create-home worker
USER worker
WORKDIR /home/worker
COPY --chown=worker requirements.txt ./
RUN python -m pip install --user -r requirements.txt
COPY --chown=worker tasks.py ./
CMD python -m celery -A tasks worker -l $LOG_LEVEL
