"""Answers for each template what Jinja2 says that it reads, and which of the named variables it could not do without.

Input: {"globals": [name], "templates": [{"text", "optional": [name], "contexts": [{name: value}]}]}.
Output: for each template {"undeclared": [name], "needed": [name]}, or null for one that Jinja2 does not parse.
"""
import functools
import json
import signal
import sys

from jinja2 import Environment, FunctionLoader, TemplateError, Undefined, meta
from jinja2.utils import missing


class Needed(Exception):
    """A variable was printed, looped over, calculated with or looked into, and was not there."""


class Demanding(Undefined):
    """The default of Jinja2, but for printing and looping: those are errors for a variable that was not given."""

    def need(self):
        if self._undefined_obj is missing:
            raise Needed(self._undefined_name)

    def _fail_with_undefined_error(self, *args, **kwargs):
        self.need()
        return super()._fail_with_undefined_error(*args, **kwargs)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return self._fail_with_undefined_error()

    __call__ = __getitem__ = __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = __neg__ = _fail_with_undefined_error

    def __str__(self):
        self.need()
        return ""

    def __iter__(self):
        self.need()
        return iter(())

    def __contains__(self, item):
        return False


class TooLong(BaseException):
    """Macros that call themselves twice do not end before the sun does."""


def stop(*_):
    raise TooLong


def main():
    signal.signal(signal.SIGALRM, stop)
    asked = json.load(sys.stdin)
    page = "{% macro f(a='', b='', c='') %}{{ caller() if caller }}{% endmacro %}"
    env = Environment(
        undefined=Demanding,
        loader=FunctionLoader(lambda name: page),
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"],
    )
    env.install_null_translations()
    env.globals.update({name: lambda *words: "" for name in asked["globals"]})
    for name in ("upper", "trim", "join", "first", "last"):
        env.filters[name] = without_error(env.filters[name])
    json.dump([answer(env, **template) for template in asked["templates"]], sys.stdout)


def without_error(apply):
    """These filters make nothing of what is not there, of which a condition may well ask."""

    def calm(*words, **named):
        return "" if any(isinstance(word, Undefined) for word in words) else apply(*words, **named)

    return functools.update_wrapper(calm, apply)


def answer(env, text, optional, contexts):
    try:
        template = env.from_string(text)
        # The extension of translations makes the name _trans for itself.
        undeclared = sorted(meta.find_undeclared_variables(env.parse(text)) - {"_trans"})
    except (TemplateError, SyntaxError):  # Python refuses some of what Jinja2 makes of a template.
        return None
    needed = [name for name in optional if any(needs(template, name, context) for context in contexts)]
    return {"undeclared": undeclared, "needed": needed}


def needs(template, name, context):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
        template.render({key: value for key, value in context.items() if key != name})
    except Needed as error:
        return str(error) == name
    except (Exception, TooLong):  # What a value of the wrong sort does is not asked.
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


main()
