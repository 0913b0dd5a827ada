"""A point on Earth, as the sun and the air pressure see it."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
"""Mean radius: a distance over a few hundred kilometers is right to 0.3 %."""


@dataclass(frozen=True)
class Location:
    """Where a plant or a weather station stands.

    `latitude_deg` is positive north (-90 to 90), `longitude_deg` positive east (-180 to 180), `altitude_m` above sea
    level, None where it is not known.
    """

    latitude_deg: float
    longitude_deg: float
    altitude_m: float | None = None

    def distance_km(self, other: Location) -> float:
        """Great-circle distance [km].

        >>> round(Location(0.0, 0.0).distance_km(Location(0.0, 1.0)), 1)
        111.2
        """
        rise = radians(other.latitude_deg - self.latitude_deg) / 2
        turn = radians(other.longitude_deg - self.longitude_deg) / 2
        parallel = cos(radians(self.latitude_deg)) * cos(radians(other.latitude_deg))
        return 2 * EARTH_RADIUS_KM * asin(sqrt(sin(rise) ** 2 + parallel * sin(turn) ** 2))

    def with_altitude(self, altitude_m: float | None) -> Location:
        """The same point; its height is taken over where it is not known."""
        known = self.altitude_m if self.altitude_m is not None else altitude_m
        return Location(self.latitude_deg, self.longitude_deg, known)
