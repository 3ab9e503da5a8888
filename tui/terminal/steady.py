"""Keeps a screen or widget alive when one of its handlers raises: Textual 8.2.8 ends the whole program instead."""

from textual.message import Message
from textual.message_pump import MessagePump


class Steady(MessagePump):
    """Hands what a handler raises to the app and goes on with the next message.

    Textual leaves the message loop of a widget at its first exception, so that the app alone cannot go on.
    Every app, screen and widget of ours has this class before Textual's own.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.app._handle_exception(error)
