// Element by element: arithmetic, functions, comparisons, and their in-place forms.
#include "shim.h"

using namespace sweep;

#define SW_UNARY(NAME)                        \
  SW_TENSOR(sw_##NAME, at::NAME(*x), Handle x) \
  SW_ACTION(sw_##NAME##_, x->NAME##_(), Handle x)

SW_UNARY(abs)
SW_UNARY(ceil)
SW_UNARY(cos)
SW_UNARY(erf)
SW_UNARY(exp)
SW_UNARY(expm1)
SW_UNARY(floor)
SW_UNARY(log)
SW_UNARY(log1p)
SW_UNARY(neg)
SW_UNARY(reciprocal)
SW_UNARY(round)
SW_UNARY(rsqrt)
SW_UNARY(sigmoid)
SW_UNARY(sign)
SW_UNARY(sin)
SW_UNARY(sqrt)
SW_UNARY(square)
SW_UNARY(tanh)

SW_TENSOR(sw_isfinite, at::isfinite(*x), Handle x)
SW_TENSOR(sw_isinf, at::isinf(*x), Handle x)
SW_TENSOR(sw_isnan, at::isnan(*x), Handle x)
SW_TENSOR(sw_logical_not, at::logical_not(*x), Handle x)

SW_TENSOR(sw_add, at::add(*x, *y, alpha.get()), Handle x, Handle y, ScalarValue alpha)
SW_TENSOR(sw_sub, at::sub(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_mul, at::mul(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_div, at::div(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_pow, at::pow(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_remainder, at::remainder(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_maximum, at::maximum(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_minimum, at::minimum(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_logical_and, at::logical_and(*x, *y), Handle x, Handle y)
SW_TENSOR(sw_logical_or, at::logical_or(*x, *y), Handle x, Handle y)

SW_TENSOR(sw_add_scalar, at::add(*x, y.get(), alpha.get()), Handle x, ScalarValue y, ScalarValue alpha)
SW_TENSOR(sw_sub_scalar, at::sub(*x, y.get()), Handle x, ScalarValue y)
SW_TENSOR(sw_rsub_scalar, at::rsub(*x, y.get()), Handle x, ScalarValue y)
SW_TENSOR(sw_mul_scalar, at::mul(*x, y.get()), Handle x, ScalarValue y)
SW_TENSOR(sw_div_scalar, at::div(*x, y.get()), Handle x, ScalarValue y)
SW_TENSOR(sw_pow_scalar, at::pow(*x, y.get()), Handle x, ScalarValue y)
SW_TENSOR(sw_remainder_scalar, at::remainder(*x, y.get()), Handle x, ScalarValue y)

SW_ACTION(sw_add_, x->add_(*y, alpha.get()), Handle x, Handle y, ScalarValue alpha)
SW_ACTION(sw_sub_, x->sub_(*y), Handle x, Handle y)
SW_ACTION(sw_mul_, x->mul_(*y), Handle x, Handle y)
SW_ACTION(sw_div_, x->div_(*y), Handle x, Handle y)
SW_ACTION(sw_add_scalar_, x->add_(y.get(), alpha.get()), Handle x, ScalarValue y, ScalarValue alpha)
SW_ACTION(sw_sub_scalar_, x->sub_(y.get()), Handle x, ScalarValue y)
SW_ACTION(sw_mul_scalar_, x->mul_(y.get()), Handle x, ScalarValue y)
SW_ACTION(sw_div_scalar_, x->div_(y.get()), Handle x, ScalarValue y)
SW_ACTION(sw_pow_scalar_, x->pow_(y.get()), Handle x, ScalarValue y)

SW_TENSOR(sw_addcmul, at::addcmul(*x, *y, *z, value.get()), Handle x, Handle y, Handle z, ScalarValue value)
SW_TENSOR(sw_addcdiv, at::addcdiv(*x, *y, *z, value.get()), Handle x, Handle y, Handle z, ScalarValue value)
SW_ACTION(sw_addcmul_, x->addcmul_(*y, *z, value.get()), Handle x, Handle y, Handle z, ScalarValue value)
SW_ACTION(sw_addcdiv_, x->addcdiv_(*y, *z, value.get()), Handle x, Handle y, Handle z, ScalarValue value)
SW_TENSOR(sw_lerp, at::lerp(*x, *y, *weight), Handle x, Handle y, Handle weight)
SW_ACTION(sw_lerp_, x->lerp_(*y, *weight), Handle x, Handle y, Handle weight)

SW_TENSOR(sw_clamp, at::clamp(*x, low.maybe(), high.maybe()), Handle x, ScalarValue low, ScalarValue high)
SW_ACTION(sw_clamp_, x->clamp_(low.maybe(), high.maybe()), Handle x, ScalarValue low, ScalarValue high)
SW_TENSOR(sw_where, at::where(*condition, *x, *y), Handle condition, Handle x, Handle y)

#define SW_COMPARE(NAME)                                    \
  SW_TENSOR(sw_##NAME, at::NAME(*x, *y), Handle x, Handle y) \
  SW_TENSOR(sw_##NAME##_scalar, at::NAME(*x, y.get()), Handle x, ScalarValue y)

SW_COMPARE(eq)
SW_COMPARE(ne)
SW_COMPARE(lt)
SW_COMPARE(le)
SW_COMPARE(gt)
SW_COMPARE(ge)

SW_ACTION(sw_allclose, *out = at::allclose(*x, *y, rtol, atol, equal_nan != 0), Handle x, Handle y, double rtol,
          double atol, int equal_nan, int *out)
SW_ACTION(sw_equal, *out = at::equal(*x, *y), Handle x, Handle y, int *out)
