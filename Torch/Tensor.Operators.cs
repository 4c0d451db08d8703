namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add(right);

        /// <summary>x + y.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>x + y.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add(left);

        /// <summary>x + y.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add(left);

        /// <summary>x + y.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add(left);

        /// <summary>x + y.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add(left);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub(right);

        /// <summary>x − y.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>x − y.</summary>
        public static Tensor operator -(int left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>x − y.</summary>
        public static Tensor operator -(long left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>x − y.</summary>
        public static Tensor operator -(float left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>x − y.</summary>
        public static Tensor operator -(double left, Tensor right) => right.SubtractedFrom(left);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul(right);

        /// <summary>x · y.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>x · y.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul(left);

        /// <summary>x · y.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul(left);

        /// <summary>x · y.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul(left);

        /// <summary>x · y.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul(left);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div(right);

        /// <summary>x / y.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.Dividing(left);

        /// <summary>x / y.</summary>
        public static Tensor operator /(int left, Tensor right) => right.Dividing(left);

        /// <summary>x / y.</summary>
        public static Tensor operator /(long left, Tensor right) => right.Dividing(left);

        /// <summary>x / y.</summary>
        public static Tensor operator /(float left, Tensor right) => right.Dividing(left);

        /// <summary>x / y.</summary>
        public static Tensor operator /(double left, Tensor right) => right.Dividing(left);

        /// <summary>−x.</summary>
        public static Tensor operator -(Tensor value) => value.neg();

        private Tensor SubtractedFrom(Scalar left) =>
            Made(Native.sw_rsub_scalar(this, left, out var result), result);

        private Tensor Dividing(Scalar left)
        {
            using var inverse = reciprocal();
            return inverse.mul(left);
        }
    }
}
