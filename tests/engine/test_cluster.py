"""The server of the tests does what its words say: each by what a client sees."""

from tests.engine.cluster import Cluster


def test_x(cluster: Cluster, schema: str) -> None:
    cluster.execute(f"CREATE SCHEMA {schema}", user="owner")
